"""The bots, one file each; `registry` lists them."""

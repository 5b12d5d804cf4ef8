"""The command line, `sutradhar …`: what people on duty do by hand. One file by subject; nobody imports it."""

"""Documents of ours as PDFs: typeset from data, pure. Templates and fonts are beside; none of the machine's is used."""

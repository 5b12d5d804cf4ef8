"""Documents of ours as PDFs: typeset from data, pure. Templates and fonts lie beside; no font of the machine is used."""

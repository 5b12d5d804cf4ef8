"""The phone in the browser: a page of plain HTML, CSS and JavaScript modules that uses the control API."""

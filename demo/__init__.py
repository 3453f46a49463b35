"""An invented publisher group, served on 127.0.0.1, so that everything can be tried offline. A demonstration only."""

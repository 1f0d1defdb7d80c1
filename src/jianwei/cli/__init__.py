"""The commands: thin, they print what the workspace answers."""

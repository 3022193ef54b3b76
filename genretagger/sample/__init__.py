"""Sample music: a small messy library of sounds that NumPy makes, for trying the program."""

"""The judge: a trained model that decides, line by line and in context, what is the article's.

``text`` reads the lines into arrays, ``signals`` says of each line what it looks like, ``context``
adds what stands around it, and ``model`` turns all that into the probability that a line belongs
to the article. ``training`` holds what makes the model; nothing of it is needed to use one.
"""

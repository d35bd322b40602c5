"""What is true or not of a submission: facts in, findings out.

Pure and dateless: standard library only, no clock, file, network or log.
The moment of judgement is a fact of the dossier like any other.
"""

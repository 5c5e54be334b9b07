"""How the judge's model is made: views of labelled pages, labels, features, boosted trees."""

"""The networks that can be trained, in their deployed form, and the weights they start from."""

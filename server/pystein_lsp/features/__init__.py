"""What an editor can ask, one feature a module: pure functions of the model, the catalogue and a position."""

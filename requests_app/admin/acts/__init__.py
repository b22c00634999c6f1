"""Acts on a case: one page for all of them, one small form each, one service call each."""

"""System checks: what an installation lacks, said at every start with the way to mend it."""

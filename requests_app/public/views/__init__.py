"""The pages, one file per family. A view makes one service call and turns a refusal into words."""

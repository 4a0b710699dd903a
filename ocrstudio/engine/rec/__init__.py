"""Text recognition: lines, augmentation, features, measures."""

"""The doctor's hands: looks at machine and environments, tries the device, installs. Loads no model runtime itself."""

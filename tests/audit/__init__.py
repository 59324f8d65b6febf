"""What other people's checkers say of the built site: `make audit`."""

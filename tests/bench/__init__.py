"""What the site weighs and how fast it is, beside the stock theme and beside bare HTML: `make bench`."""

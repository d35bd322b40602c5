"""Pages of the Central Products List: its entries, what people change of them, and the versions that publish them."""

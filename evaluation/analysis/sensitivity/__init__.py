"""Would the answer change? Missing children, unlike arms, unseen causes."""

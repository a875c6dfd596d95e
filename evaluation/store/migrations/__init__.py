"""Every version the tables ever had, each as the steps from the one before."""

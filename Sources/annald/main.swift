print("annald")

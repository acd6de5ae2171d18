print("annalctl")

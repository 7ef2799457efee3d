"""What load balancers and monitors ask: does this process live, and can it serve now?"""

"""Maps of bots: a journey's every branch walked without any server, and drawn.

Where to look: the walk is in `exploring`, what may happen at each place in `ways`, what work may come to in `samples`,
the picture in `drawing`, the page around it in `page`.
"""

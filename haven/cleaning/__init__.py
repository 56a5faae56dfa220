"""Files made safe: a copy without hidden data, and pictures of its pages. Imports nothing of ours.

`sandbox.clean` stands outside and believes nothing; `worker`, `pictures`, `documents` and `media` run inside, where
there is no network, no disk and no secret. `scanning` asks a virus scanner. `health` tells which parts are there.
"""

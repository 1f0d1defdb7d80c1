"""A folder opened: one verb a file, shared by commands, pages and notebooks.

space = jianwei.open("myspace")
ingest.ingest(space, ["posts.csv"])
board.board(space, "shuangwei-2015", "市直机关", "2015H1")
"""

from jianwei.workspace.space import Workspace, create, find, open

__all__ = ["Workspace", "create", "find", "open"]

"""The verbs of moving, splitting and merging. All raise `forum.web.errors.Refusal` when the rules say no; what takes
them back is `log.undo`."""

from forum.threads.moving.asking import withdraw_move
from forum.threads.moving.consenting import answer, move_consented
from forum.threads.moving.merging import merge_thread
from forum.threads.moving.relocating import move_thread
from forum.threads.moving.splitting import split_thread

__all__ = ["answer", "merge_thread", "move_consented", "move_thread", "split_thread", "withdraw_move"]

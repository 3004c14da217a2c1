"""EvidenceMap: what is shown, what is only claimed, and the steps that nothing supports.

The floors of the house, top down. A file may import what is below it, never above, and never
sideways between folders of one floor:

    __main__                     first word a command: cli; else: open the window
    ui  |  cli
    session
    brief  |  exchange
    storage  |  analysis  |  layout
    model
    tongue                       the words in the person's language
    errors  |  resources
"""

__version__ = "0.1.0"

"""The colours of the states, the same on paper, on a web page and in the window's light scheme."""

from evidencemap.brief.outline import State

INKS = {
    State.SUPPORTED: "#00664A",
    State.CARRIES: "#00664A",
    State.FITS_ONLY: "#5A6472",
    State.CONDITIONAL: "#7A5200",
    State.ASSUMED: "#7A5200",
    State.UNSUPPORTED: "#B23A00",
    State.NO_EVIDENCE: "#B23A00",
    State.PREMISE_FAILS: "#5A6472",
    State.CONTESTED: "#6A3D9A",
    State.REFUTED: "#1A1A1A",
    State.UNDERCUT: "#6A3D9A",
    State.CIRCULAR: "#6A3D9A",
    State.REQUEST: "#1F5FA6",
}

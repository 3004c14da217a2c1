"""The colours of the states: on paper, on a web page, and in the window's schemes of the same name."""

from collections.abc import Mapping

from evidencemap.brief.drawing import State

INKS: Mapping[State, str] = {
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

DARK_INKS: Mapping[State, str] = {
    State.SUPPORTED: "#3FCFA0",
    State.CARRIES: "#3FCFA0",
    State.FITS_ONLY: "#B4BECA",
    State.CONDITIONAL: "#F2C14E",
    State.ASSUMED: "#F2C14E",
    State.UNSUPPORTED: "#FF9A5C",
    State.NO_EVIDENCE: "#FF9A5C",
    State.PREMISE_FAILS: "#B4BECA",
    State.CONTESTED: "#CDA7FF",
    State.REFUTED: "#F2F2F2",
    State.UNDERCUT: "#CDA7FF",
    State.CIRCULAR: "#CDA7FF",
    State.REQUEST: "#8AB8FF",
}
"""The same on a dark ground."""

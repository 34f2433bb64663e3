"""The program's pictures: a few paths in a square of 24, painted in the colour of the text beside them."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

SIDE = 24.0


def _lines(*strokes: tuple[tuple[float, float], ...]) -> QPainterPath:
    path = QPainterPath()
    for stroke in strokes:
        path.moveTo(*stroke[0])
        for point in stroke[1:]:
            path.lineTo(*point)
    return path


def _speech() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(3, 4, 18, 13), 4, 4)
    path.moveTo(8, 17)
    path.lineTo(8, 21)
    path.lineTo(12.5, 17)
    return path


def _book() -> QPainterPath:
    path = _lines(((12, 6.5), (12, 20)))
    for side in (-1, 1):
        path.moveTo(12, 6.5)
        path.quadTo(12 + side * 4, 3.5, 12 + side * 9, 5)
        path.lineTo(12 + side * 9, 18.5)
        path.quadTo(12 + side * 4, 17, 12, 20)
    return path


def _sliders() -> QPainterPath:
    path = QPainterPath()
    for y, x in ((6.0, 15.0), (12.0, 8.0), (18.0, 14.0)):
        path.moveTo(3, y)
        path.lineTo(x - 2.5, y)
        path.addEllipse(QPointF(x, y), 2.5, 2.5)
        path.moveTo(x + 2.5, y)
        path.lineTo(21, y)
    return path


def _microphone() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(9, 2.5, 6, 11.5), 3, 3)
    path.moveTo(5.5, 11)
    path.arcTo(QRectF(5.5, 4.5, 13, 13), 180, 180)
    path.moveTo(12, 17.5)
    path.lineTo(12, 21.5)
    return path


def _half() -> QPainterPath:
    path = QPainterPath(QPointF(12, 6.5))
    path.arcTo(QRectF(6.5, 6.5, 11, 11), 90, 180)
    path.closeSubpath()
    return path


def _question() -> QPainterPath:
    path = QPainterPath(QPointF(9, 9.2))
    path.cubicTo(9, 5.6, 15.4, 5.6, 15.2, 9.4)
    path.cubicTo(15, 11.6, 12, 11.4, 12, 14)
    path.moveTo(12, 17.2)
    path.lineTo(12, 17.3)
    return path


def _ring() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(12, 12), 4.5, 4.5)
    return path


STROKED = {
    "practise": _speech(),
    "journal": _book(),
    "settings": _sliders(),
    "microphone": _microphone(),
    "check": _lines(((6.8, 12.4), (10.4, 16), (17.2, 8.6))),
    "cross": _lines(((8, 8), (16, 16)), ((16, 8), (8, 16))),
    "question": _question(),
    "ring": _ring(),
    "dash": _lines(((7.5, 12), (16.5, 12))),
    "down": _lines(((6, 9.5), (12, 15), (18, 9.5))),
    "up": _lines(((6, 14.5), (12, 9), (18, 14.5))),
    "back": _lines(((14, 6), (8, 12), (14, 18))),
    "forward": _lines(((10, 6), (16, 12), (10, 18))),
    "notice": _lines(((12, 5.5), (12, 13.5)), ((12, 17.6), (12, 17.7))),
}
FILLED = {
    "play": _lines(((9, 6.5), (18, 12), (9, 17.5), (9, 6.5))),
    "stop": _lines(((7.5, 7.5), (16.5, 7.5), (16.5, 16.5), (7.5, 16.5), (7.5, 7.5))),
    "half": _half(),
    "dot": _ring(),
}


def paint(painter: QPainter, name: str, box: QRectF, colour: QColor, weight: float = 1.8) -> None:
    """Paint the picture `name` into `box`. `weight` is the line's width in the square of 24."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / SIDE, box.height() / SIDE)
    if name in FILLED:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPath(FILLED[name])
    else:
        pen = QPen(colour, weight)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(STROKED[name])
    painter.restore()

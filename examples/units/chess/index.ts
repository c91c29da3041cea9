/** The rules of chess, with chess.js. Positions are FEN strings; nothing is remembered between calls. */
import { Chess, DEFAULT_POSITION, type Square } from "chess.js";

export interface LegalMove {
  /** As players write it, e.g. "Nf3". */
  san: string;
  from: string;
  to: string;
  /** The piece taken, as a letter. */
  captured?: string;
  /** The piece a pawn becomes, as a letter. */
  promotion?: string;
}

export type Status =
  | "playing"
  | "check"
  | "checkmate"
  | "stalemate"
  | "draw by repetition"
  | "draw by the fifty-move rule"
  | "draw by insufficient material";

export interface Game {
  fen: string;
  pgn: string;
  turn: "white" | "black";
  status: Status;
  /** Eight rows from Black's side to White's: letters as in FEN, "." for an empty square. */
  board: string[];
}

/** The position every game starts from. */
export const start = DEFAULT_POSITION;

/** The legal moves, all of them or those of the piece on `square`. */
export function moves(fen: string = start, square?: string): LegalMove[] {
  const options = square === undefined ? {} : { square: square as Square };
  return new Chess(fen).moves({ ...options, verbose: true }).map(({ san, from, to, captured, promotion }) => ({
    san,
    from,
    to,
    ...(captured && { captured }),
    ...(promotion && { promotion }),
  }));
}

/** Plays moves, written as in "Nf3" or "g1f3"; throws at the first that is not legal. */
export function play(fen: string, moves: string[]): Game {
  const chess = new Chess(fen);
  moves.forEach((move, index) => {
    try {
      chess.move(move);
    } catch (cause) {
      throw new RangeError(`Move ${index + 1}, "${move}", is not legal in ${chess.fen()}.`, { cause });
    }
  });
  return {
    fen: chess.fen(),
    pgn: chess.pgn(),
    turn: chess.turn() === "w" ? "white" : "black",
    status: statusOf(chess),
    board: boardOf(chess),
  };
}

/**
 * How many ways the next `depth` half-moves can go: the usual check of a move generator, and a heavy load. From the start
 * 20, 400, 8,902, 197,281, 4,865,609.
 */
export function perft(fen: string, depth: number): number {
  return new Chess(fen).perft(depth);
}

function statusOf(chess: Chess): Status {
  if (chess.isCheckmate()) return "checkmate";
  if (chess.isStalemate()) return "stalemate";
  if (chess.isInsufficientMaterial()) return "draw by insufficient material";
  if (chess.isThreefoldRepetition()) return "draw by repetition";
  if (chess.isDrawByFiftyMoves()) return "draw by the fifty-move rule";
  return chess.isCheck() ? "check" : "playing";
}

function boardOf(chess: Chess): string[] {
  return chess
    .board()
    .map((row) =>
      row.map((piece) => (!piece ? "." : piece.color === "w" ? piece.type.toUpperCase() : piece.type)).join(""),
    );
}

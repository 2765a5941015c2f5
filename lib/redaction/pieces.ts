import { isPlaceholder } from "./shape.ts";

/** A stretch of a text for people, on its way to be masked. */
export interface Piece {
  text: string;
  /** Separators and addresses are never masked here; `known` words stop the spread of a mask, `unknown` ones do not. */
  kind: "separator" | "address" | "known" | "unknown" | "masked";
  /** A masked piece that a person may have made: words beside it may belong to it. */
  isHuman?: boolean;
}

export function mask(piece: Piece): void {
  if (piece.text === "" || isPlaceholder(piece.text)) return;
  piece.kind = "masked";
  piece.isHuman = true;
}

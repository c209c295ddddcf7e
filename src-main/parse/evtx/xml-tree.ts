/** XML of a BinXML fragment before its values are filled in. */
export type XmlNode =
  | XmlElement
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'substitution'; readonly index: number }
  /** A template used within a fragment; `position` is its token's offset in the chunk. */
  | { readonly kind: 'instance'; readonly position: number };

export interface XmlElement {
  readonly kind: 'element';
  readonly name: string;
  readonly attributes: XmlAttribute[];
  readonly children: XmlNode[];
}

export interface XmlAttribute {
  readonly name: string;
  readonly value: XmlNode[];
}

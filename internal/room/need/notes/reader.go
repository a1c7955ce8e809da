package notes

import "kompetansetorg/internal/room/need/notes/sentence"

// reader reads one text: it knows how lines and parts hang together, and the sentence
// reader in it what each says.
type reader struct{ *sentence.Reader }

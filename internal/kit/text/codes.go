package text

// Strings are codes of a type of their own as plain texts.
func Strings[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

// Typed are plain texts as codes of a type of their own; whether they are known
// codes is for the caller to say. None gives nil.
func Typed[T ~string](list []string) []T {
	var out []T
	for _, v := range list {
		out = append(out, T(v))
	}
	return out
}

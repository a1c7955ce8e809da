package few

import (
	"slices"
)

// prime is the field the rank is counted in; it is beyond any determinant that
// could vanish by chance in tables of zeroes and ones of this size.
const prime = 1<<31 - 1

// Rank is how many of the columns are independent; all are of the same height.
func Rank(columns [][]bool) int {
	var basis [][]int64 // each with a leading 1 at a place of its own
	var leads []int
	for _, c := range columns {
		v := make([]int64, len(c))
		for i, x := range c {
			if x {
				v[i] = 1
			}
		}
		for k, b := range basis {
			if f := v[leads[k]]; f != 0 {
				for i := range v {
					v[i] = (v[i] + (prime-f)*b[i]) % prime
				}
			}
		}
		lead := slices.IndexFunc(v, func(x int64) bool { return x != 0 })
		if lead < 0 {
			continue
		}
		inverse := power(v[lead], prime-2)
		for i := range v {
			v[i] = v[i] * inverse % prime
		}
		basis, leads = append(basis, v), append(leads, lead)
	}
	return len(basis)
}

func power(x, n int64) int64 {
	out := int64(1)
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			out = out * x % prime
		}
		x = x * x % prime
	}
	return out
}

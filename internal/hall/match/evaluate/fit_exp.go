package evaluate

import "math"

// Case is one need: features by document, gains by document.
type Case struct {
	ID   string
	F    [][]float32
	Gain []float64
}

// Fit maximises the listwise softmax likelihood with an L2 penalty around prior.
func Fit(cases []Case, k int, l2 float64, steps int, nonneg []bool) []float64 {
	w := make([]float64, k)
	m := make([]float64, k)
	v := make([]float64, k)
	for i := range w {
		w[i] = 1
	}
	for s := 1; s <= steps; s++ {
		g := make([]float64, k)
		n := 0.0
		for _, c := range cases {
			tot := 0.0
			for _, x := range c.Gain {
				tot += x
			}
			if tot == 0 {
				continue
			}
			n++
			z := make([]float64, len(c.F))
			top := math.Inf(-1)
			for d, f := range c.F {
				for i := range w {
					z[d] += w[i] * float64(f[i])
				}
				top = max(top, z[d])
			}
			sum := 0.0
			for d := range z {
				z[d] = math.Exp(z[d] - top)
				sum += z[d]
			}
			for d, f := range c.F {
				r := c.Gain[d]/tot - z[d]/sum
				if r > -1e-6 && r < 1e-6 {
					continue
				}
				for i := range g {
					g[i] += r * float64(f[i])
				}
			}
		}
		for i := range w {
			gi := g[i]/n - l2*w[i]
			m[i] = 0.9*m[i] + 0.1*gi
			v[i] = 0.999*v[i] + 0.001*gi*gi
			mh := m[i] / (1 - math.Pow(0.9, float64(s)))
			vh := v[i] / (1 - math.Pow(0.999, float64(s)))
			w[i] += 0.1 * mh / (math.Sqrt(vh) + 1e-8)
			if nonneg[i] && w[i] < 0 {
				w[i] = 0
			}
		}
	}
	return w
}

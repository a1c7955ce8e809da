// Package agreement is what an employer, the one who got the job and the provider agree on
// before the education begins (KAU-3): hours of work and of study, pay, gatherings, how
// long it takes, the qualification it leads to, and when it starts.
//
// The employer writes it. Each of the three says yes for itself; who has no account is
// written down by the employer or the provider, with the day she said it. A yes is for one
// version: what is changed is a new one, and all three are asked again. When all have said
// yes it is frozen, and only then can the education begin. It is read by the three alone.
//
// Words: trepartsavtale = agreement, den som er ansatt = candidate.
//
// Tables: position_agreement, position_yes.
package agreement

// Package admission takes applications for places in offerings whose admission is here
// (LOP-4, LOP-6), and keeps them in order until each is answered.
//
// Who applies is admitted at once where admission is direct and a place is free; where the
// provider decides, an application holds a place until it is answered. When no place is
// free she waits in the queue, in the order in which the applications came; the place that
// becomes free goes to the first of it who can start, in the same transaction. There are
// never more admitted and pending than there are places. Each application has a day by
// which it is answered, and a day on which she starts.
//
// A person applies for herself; an employer, or the adviser that has its mandate, nominates
// one of its people, who gets a link of her own; a provider writes down one who called. Of
// the person the name and how to reach her are kept, no more. She herself, the employer that
// nominated her and the provider see them; an employer that she names herself sees that she
// applied only when she says so.
//
// Words: søknad = application, venteliste = queue, tilbud om plass = offered, tatt opp =
// admitted, avslag = refused, trukket = withdrawn, klagefrist = appeal.
//
// Tables: application, application_person, application_link.
package admission

// That a missing reservation is reported as a missing user is the authors' text.
function get_reservation_details(db, args, env) {
  const { reservation_id } = env.python.bind("GetReservationDetails", args, ["reservation_id"]);
  const reservation = env.python.lookup(db.reservations, reservation_id);
  if (!reservation) throw env.error("not_found", "user not found");
  return reservation;
}

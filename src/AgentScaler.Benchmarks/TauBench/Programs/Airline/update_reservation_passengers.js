function update_reservation_passengers(db, args, env) {
  const py = env.python;
  const { reservation_id, passengers } = py.bind("UpdateReservationPassengers", args, ["reservation_id", "passengers"]);
  const reservation = py.lookup(db.reservations, reservation_id);
  if (!reservation) throw env.error("not_found", "reservation not found");
  if (py.len(passengers) !== py.len(reservation.passengers)) throw env.error("invalid", "number of passengers does not match");
  return db.reservations.update(reservation_id, { passengers });
}

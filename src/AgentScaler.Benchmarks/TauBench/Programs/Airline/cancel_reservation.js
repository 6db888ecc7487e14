function cancel_reservation(db, args, env) {
  const py = env.python;
  const { reservation_id } = py.bind("CancelReservation", args, ["reservation_id"]);
  const reservation = py.lookup(db.reservations, reservation_id);
  if (!reservation) throw env.error("not_found", "reservation not found");
  const refunds = py.iterate(reservation.payment_history).map((payment) => ({
    payment_id: py.item(payment, "payment_id"),
    amount: py.negative(py.item(payment, "amount")),
  }));
  return db.reservations.update(reservation_id, { payment_history: py.extended(reservation.payment_history, refunds), status: "cancelled" });
}

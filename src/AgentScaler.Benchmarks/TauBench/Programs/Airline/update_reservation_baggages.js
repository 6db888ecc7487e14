// Bags are not refunded; a certificate can't pay for them.
function update_reservation_baggages(db, args, env) {
  const py = env.python;
  const { reservation_id, total_baggages, nonfree_baggages, payment_id } = py.bind(
    "UpdateReservationBaggages", args, ["reservation_id", "total_baggages", "nonfree_baggages", "payment_id"]);
  const reservation = py.lookup(db.reservations, reservation_id);
  if (!reservation) throw env.error("not_found", "reservation not found");
  const added = py.subtract(nonfree_baggages, reservation.nonfree_baggages);
  const price = py.multiply(50, py.less(0, added) ? added : 0);
  const methods = db.users.get(reservation.user_id).payment_methods;
  if (!py.has(methods, payment_id)) throw env.error("not_found", "payment method not found");
  const method = py.item(methods, payment_id);
  if (method.source === "certificate") throw env.error("not_allowed", "certificate cannot be used to update reservation");
  if (method.source === "gift_card") {
    if (py.less(method.amount, price)) throw env.error("not_allowed", "gift card balance is not enough");
    const amount = py.subtract(method.amount, price);
    db.users.update(reservation.user_id, { payment_methods: py.assigned(methods, payment_id, { ...method, amount }) });
  }

  const payments = py.equal(price, 0) ? {} : { payment_history: [...reservation.payment_history, { payment_id, amount: price }] };
  return db.reservations.update(reservation_id, { total_baggages, nonfree_baggages, ...payments });
}

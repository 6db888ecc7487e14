// Flights that stay keep their price if the cabin stays; the reservation's cabin and the flights' seats are left as they are: so do the authors.
function update_reservation_flights(db, args, env) {
  const py = env.python;
  const { reservation_id, cabin, flights, payment_id } = py.bind(
    "UpdateReservationFlights", args, ["reservation_id", "cabin", "flights", "payment_id"]);
  const reservation = py.lookup(db.reservations, reservation_id);
  if (!reservation) throw env.error("not_found", "reservation not found");

  let total = 0;
  const priced = py.iterate(flights).map((flight) => {
    const kept = py.iterate(reservation.flights).filter((one) =>
      py.equal(py.item(one, "flight_number"), py.item(flight, "flight_number"))
      && py.equal(py.item(one, "date"), py.item(flight, "date"))
      && py.equal(cabin, reservation.cabin));
    if (kept.length > 0) {
      const { price, origin, destination } = kept[0];
      total = py.add(total, py.multiply(price, py.len(reservation.passengers)));
      return { ...flight, price, origin, destination };
    }

    const number = py.item(flight, "flight_number");
    const listed = py.lookup(db.flights, number);
    if (!listed) throw env.error("not_found", "flight " + py.str(number) + " not found");
    const date = py.item(flight, "date");
    if (!py.has(listed.dates, date)) throw env.error("not_found", "flight " + py.str(number) + " not found on date " + py.str(date));
    const day = py.item(listed.dates, date);
    if (day.status !== "available") throw env.error("not_allowed", "flight " + py.str(number) + " not available on date " + py.str(date));
    if (py.less(py.item(day.available_seats, cabin), py.len(reservation.passengers))) {
      throw env.error("not_allowed", "not enough seats on flight " + py.str(number));
    }

    const price = py.item(day.prices, cabin);
    total = py.add(total, py.multiply(price, py.len(reservation.passengers)));
    return { ...flight, price, origin: listed.origin, destination: listed.destination };
  });
  const former = py.sum(py.iterate(reservation.flights).map((flight) => flight.price));
  total = py.subtract(total, py.multiply(former, py.len(reservation.passengers)));

  const methods = db.users.get(reservation.user_id).payment_methods;
  if (!py.has(methods, payment_id)) throw env.error("not_found", "payment method not found");
  const method = py.item(methods, payment_id);
  if (method.source === "certificate") throw env.error("not_allowed", "certificate cannot be used to update reservation");
  if (method.source === "gift_card") {
    if (py.less(method.amount, total)) throw env.error("not_allowed", "gift card balance is not enough");
    const amount = py.subtract(method.amount, total);
    db.users.update(reservation.user_id, { payment_methods: py.assigned(methods, payment_id, { ...method, amount }) });
  }

  const payments = py.equal(total, 0) ? {} : { payment_history: py.extended(reservation.payment_history, [{ payment_id, amount: total }]) };
  return db.reservations.update(reservation_id, { flights: py.len(flights) === 0 ? flights : priced, ...payments });
}

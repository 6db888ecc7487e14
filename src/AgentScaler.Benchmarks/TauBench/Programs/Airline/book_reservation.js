// Seats are not taken from the flights, and paying twice with one certificate fails half way, when it is gone already: so do the authors.
function book_reservation(db, args, env) {
  const py = env.python;
  const { user_id, origin, destination, flight_type, cabin, flights, passengers, payment_methods, total_baggages, nonfree_baggages, insurance } = py.bind(
    "BookReservation", args,
    ["user_id", "origin", "destination", "flight_type", "cabin", "flights", "passengers", "payment_methods", "total_baggages", "nonfree_baggages", "insurance"]);
  const user = py.lookup(db.users, user_id);
  if (!user) throw env.error("not_found", "user not found");

  let total = 0;
  const priced = py.iterate(flights).map((flight) => {
    const number = py.item(flight, "flight_number");
    const listed = py.lookup(db.flights, number);
    if (!listed) throw env.error("not_found", "flight " + py.str(number) + " not found");
    const date = py.item(flight, "date");
    if (!py.has(listed.dates, date)) throw env.error("not_found", "flight " + py.str(number) + " not found on date " + py.str(date));
    const day = py.item(listed.dates, date);
    if (day.status !== "available") throw env.error("not_allowed", "flight " + py.str(number) + " not available on date " + py.str(date));
    if (py.less(py.item(day.available_seats, cabin), py.len(passengers))) throw env.error("not_allowed", "not enough seats on flight " + py.str(number));
    const price = py.item(day.prices, cabin);
    total = py.add(total, py.multiply(price, py.len(passengers)));
    return { ...flight, price, origin: listed.origin, destination: listed.destination };
  });
  if (py.equal(insurance, "yes")) {
    total = py.add(total, py.multiply(30, py.len(passengers)));
  }

  total = py.add(total, py.multiply(50, nonfree_baggages));
  const payments = py.iterate(payment_methods);
  for (const payment of payments) {
    const id = py.item(payment, "payment_id");
    const amount = py.item(payment, "amount");
    if (!py.has(user.payment_methods, id)) throw env.error("not_found", "payment method " + py.str(id) + " not found");
    const method = py.item(user.payment_methods, id);
    if ((method.source === "gift_card" || method.source === "certificate") && py.less(method.amount, amount)) {
      throw env.error("not_allowed", "not enough balance in payment method " + py.str(id));
    }
  }

  const paid = py.sum(payments.map((payment) => payment.amount));
  if (!py.equal(paid, total)) {
    throw env.error("invalid", "payment amount does not add up, total price is " + py.str(total) + ", but paid " + py.str(paid));
  }

  let methods = user.payment_methods;
  let paidAll = false;
  try {
    for (const { payment_id, amount } of payments) {
      const method = py.item(methods, payment_id);
      if (method.source === "gift_card") {
        methods = py.assigned(methods, payment_id, { ...method, amount: py.subtract(method.amount, amount) });
      } else if (method.source === "certificate") {
        methods = py.removed(methods, payment_id);
      }
    }

    paidAll = true;
  } finally {
    if (!paidAll) db.users.update(user_id, { payment_methods: methods });
  }

  const reservation_id = !db.reservations.get("HATHAT") ? "HATHAT" : !db.reservations.get("HATHAU") ? "HATHAU" : "HATHAV";
  db.reservations.delete(reservation_id);
  db.users.update(user_id, { payment_methods: methods, reservations: [...user.reservations, reservation_id] });
  return db.reservations.insert({
    reservation_id,
    user_id,
    origin,
    destination,
    flight_type,
    cabin,
    flights: py.len(flights) === 0 ? flights : priced,
    passengers,
    payment_history: payment_methods,
    created_at: "2024-05-15T15:00:00",
    total_baggages,
    nonfree_baggages,
    insurance,
  });
}

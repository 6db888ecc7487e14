function search_direct_flight(db, args, env) {
  const py = env.python;
  const { origin, destination, date } = py.bind("SearchDirectFlight", args, ["origin", "destination", "date"]);
  const found = [];
  for (const { dates, ...flight } of db.flights.where({ origin, destination })) {
    if (py.has(dates, date) && py.item(dates, date).status === "available") {
      found.push({ ...flight, ...py.item(dates, date) });
    }
  }

  return found;
}

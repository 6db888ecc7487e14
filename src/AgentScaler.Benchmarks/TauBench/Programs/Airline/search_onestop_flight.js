// The second leg shows seats and prices of the first leg's date, also where it leaves a day later: so do the authors.
function search_onestop_flight(db, args, env) {
  const py = env.python;
  const { origin, destination, date } = py.bind("SearchOnestopFlight", args, ["origin", "destination", "date"]);
  const found = [];
  for (const first of db.flights.where({ origin })) {
    for (const second of db.flights.where({ origin: first.destination, destination })) {
      const nextDay = py.has(first.scheduled_arrival_time_est, "+1");
      const date2 = nextDay ? "2024-05-" + py.str(py.add(py.int(py.tail(date, 2)), 1)) : date;
      if (py.less(second.scheduled_departure_time_est, first.scheduled_arrival_time_est)) {
        continue;
      }

      if (py.has(first.dates, date) && py.has(second.dates, date2)
        && py.item(first.dates, date).status === "available" && py.item(second.dates, date2).status === "available") {
        const { dates: dates1, ...leg1 } = first;
        const { dates: dates2, ...leg2 } = second;
        found.push([{ ...leg1, ...py.item(dates1, date), date }, { ...leg2, ...py.item(dates2, date), date: date2 }]);
      }
    }
  }

  return found;
}

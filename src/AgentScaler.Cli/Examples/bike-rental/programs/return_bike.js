function return_bike(db, args, env) {
  const bike = db.bikes.get(args.bike_id);
  if (bike === undefined) throw env.error("not_found", "no bike has the id " + args.bike_id);
  if (db.stations.get(args.station_id) === undefined) throw env.error("not_found", "no station has the id " + args.station_id);
  if (bike.status !== "rented") throw env.error("not_rented", "the bike is " + bike.status);
  for (const rental of db.rentals.where({ bike_id: args.bike_id, over: false })) {
    db.rentals.update(rental.rental_id, { over: true });
  }
  return db.bikes.update(args.bike_id, { status: "free", station_id: args.station_id });
}

using System.Text.Json;
using System.Text.Json.Nodes;
using AgentScaler.Determinism;
using AgentScaler.Tools;

namespace AgentScaler.Core.Tests.Graphs;

/// <summary>
/// A catalogue of eight unrelated small APIs, written as lines of <c>api | tool(parameters) | description</c>, half of them with paths. Two
/// of
/// them have members, two have rooms, and all have names, dates and a status: what a partition must not be led by.
/// </summary>
internal static class SmallApis
{
    private const string Text = """
        library | GET /books search_books(query, author, genre, limit) | Search the books of the library by title, author or genre.
        library | GET /books/{id} get_book(id) | Get one book.
        library | POST /books add_book(title, author, isbn, genre, copies) | Add a book to the collection.
        library | PATCH /books/{id} update_book(id, title, copies) | Change a book.
        library | DELETE /books/{id} remove_book(id) | Remove a book from the collection.
        library | GET /members/{id} get_member(id) | Get a member of the library.
        library | POST /members register_member(name, email, phone) | Register a member of the library.
        library | POST /loans create_loan(book_id, member_id, due_date) | Lend a book to a member.
        library | GET /loans list_loans(member_id, book_id, status) | List loans of a member or of a book.
        library | POST /loans/{id}/return return_loan(id, returned_at) | Take a lent book back.
        clinic | find_patients(name, birth_date, limit) | Find patients of the clinic.
        clinic | get_patient(patient_id) | Get a patient.
        clinic | register_patient(name, birth_date, email, blood_type) | Register a new patient.
        clinic | list_doctors(specialty, limit) | List the doctors of a specialty.
        clinic | get_doctor(doctor_id) | Get a doctor.
        clinic | create_appointment(patient_id, doctor_id, start_time, reason) | Make an appointment of a patient with a doctor.
        clinic | cancel_appointment(appointment_id, reason) | Cancel an appointment.
        clinic | list_appointments(patient_id, doctor_id, status) | List appointments.
        clinic | create_prescription(patient_id, doctor_id, drug, dosage) | Prescribe a drug to a patient.
        clinic | list_prescriptions(patient_id) | List the prescriptions of a patient.
        hotel | GET /rooms list_rooms(room_type, status, limit) | List hotel rooms.
        hotel | GET /rooms/{roomId} get_room(roomId) | Get a hotel room.
        hotel | PATCH /rooms/{roomId} update_room(roomId, rate, status) | Change rate or status of a room.
        hotel | POST /guests create_guest(name, email, passport_number) | Register a guest.
        hotel | GET /guests/{guestId} get_guest(guestId) | Get a guest.
        hotel | POST /reservations create_reservation(guestId, roomId, check_in, check_out) | Reserve a room for a guest.
        hotel | GET /reservations/{reservationId} get_reservation(reservationId) | Get a reservation.
        hotel | GET /reservations list_reservations(guestId, roomId, status) | List reservations.
        hotel | DELETE /reservations/{reservationId} cancel_reservation(reservationId) | Cancel a reservation.
        hotel | POST /reservations/{reservationId}/charges add_charge(reservationId, amount, description) | Charge something to a reservation.
        warehouse | search_products(query, category, limit) | Search products in stock.
        warehouse | get_product(sku) | Get a product by its stock keeping unit.
        warehouse | create_product(sku, name, category, weight) | Create a product.
        warehouse | list_bins(aisle, status) | List storage bins.
        warehouse | get_bin(bin_code) | Get a storage bin.
        warehouse | move_stock(sku, from_bin_code, to_bin_code, quantity) | Move stock of a product between bins.
        warehouse | adjust_stock(sku, bin_code, quantity, reason) | Correct the stock of a product in a bin.
        warehouse | create_shipment(order_number, carrier, items) | Create a shipment of products.
        warehouse | get_shipment(shipment_id) | Get a shipment.
        warehouse | list_shipments(carrier, sku, status) | List shipments, also those with a certain product.
        helpdesk | POST /tickets create_ticket(subject, description, requester_id, priority) | Open a support ticket.
        helpdesk | GET /tickets/{ticket_id} get_ticket(ticket_id) | Get a support ticket.
        helpdesk | GET /tickets search_tickets(query, status, assignee_id, priority) | Search support tickets.
        helpdesk | PATCH /tickets/{ticket_id} update_ticket(ticket_id, status, priority) | Change a ticket.
        helpdesk | POST /tickets/{ticket_id}/assign assign_ticket(ticket_id, agent_id) | Assign a ticket to an agent.
        helpdesk | POST /tickets/{ticket_id}/comments add_comment(ticket_id, body, agent_id) | Comment on a ticket.
        helpdesk | GET /tickets/{ticket_id}/comments list_comments(ticket_id) | List the comments on a ticket.
        helpdesk | GET /agents list_agents(team, status) | List support agents.
        helpdesk | GET /agents/{agent_id} get_agent(agent_id) | Get a support agent.
        helpdesk | POST /tickets/{ticket_id}/close close_ticket(ticket_id, resolution) | Close a ticket.
        gym | search_classes(query, trainer_id, date) | Search gym classes.
        gym | get_class(class_id) | Get a gym class.
        gym | create_class(name, trainer_id, start_time, capacity) | Schedule a gym class.
        gym | cancel_class(class_id, reason) | Cancel a gym class.
        gym | list_trainers(specialty) | List trainers.
        gym | get_trainer(trainer_id) | Get a trainer.
        gym | enroll_in_class(class_id, gym_member_id) | Enroll a gym member in a class.
        gym | list_enrollments(class_id, gym_member_id) | List enrollments of a class or gym member.
        gym | get_gym_member(gym_member_id) | Get a gym member.
        gym | freeze_membership(gym_member_id, from_date, to_date) | Freeze a gym membership.
        events | GET /concerts list_concerts(city, date, limit) | List concerts.
        events | GET /concerts/{concertId} get_concert(concertId) | Get a concert.
        events | POST /concerts create_concert(name, venueId, date, artist) | Announce a concert.
        events | GET /venues list_venues(city, capacity) | List concert venues.
        events | GET /venues/{venueId} get_venue(venueId) | Get a venue.
        events | GET /concerts/{concertId}/seats list_seats(concertId, section) | List free seats of a concert.
        events | POST /passes buy_pass(concertId, seatNumber, attendeeEmail) | Buy an entry pass for a concert.
        events | GET /passes/{passId} get_pass(passId) | Get an entry pass.
        events | POST /passes/{passId}/refund refund_pass(passId, reason) | Refund an entry pass.
        events | GET /passes list_passes(concertId, attendeeEmail) | List entry passes.
        fleet | list_vehicles(depot_id, status, limit) | List vehicles of the fleet.
        fleet | get_vehicle(vehicle_id) | Get a vehicle.
        fleet | register_vehicle(plate, model, depot_id) | Register a vehicle.
        fleet | list_drivers(depot_id, licence_class) | List drivers.
        fleet | get_driver(driver_id) | Get a driver.
        fleet | assign_driver(vehicle_id, driver_id) | Assign a driver to a vehicle.
        fleet | create_trip(vehicle_id, driver_id, origin, destination) | Plan a trip.
        fleet | get_trip(trip_id) | Get a trip.
        fleet | complete_trip(trip_id, odometer) | Complete a trip.
        fleet | log_maintenance(vehicle_id, description, cost) | Record maintenance of a vehicle.
        """;

    /// <summary>The tools and, for each, its API.</summary>
    /// <param name="isProviderKnown">Whether each API is a provider of its own, or all come as one catalogue.</param>
    public static IReadOnlyList<(ToolSpec Tool, string Api)> Load(bool isProviderKnown) =>
        [.. Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Read(line, isProviderKnown))];

    private static (ToolSpec Tool, string Api) Read(string line, bool isProviderKnown)
    {
        var parts = line.Split(" | ");
        var call = parts[1];
        string? method = null, path = null;
        if (char.IsUpper(call[0]))
        {
            (method, path, call) = (call.Split(' ')[0], call.Split(' ')[1], call.Split(' ', 3)[2]);
        }

        var name = call[..call.IndexOf('(', StringComparison.Ordinal)];
        var properties = new JsonObject();
        foreach (var parameter in call[(name.Length + 1)..^1].Split(", "))
        {
            var schema = new JsonObject { ["type"] = parameter is "limit" or "copies" or "quantity" or "capacity" ? "integer" : "string" };
            if (path?.Split('/') is { } segments && Array.IndexOf(segments, "{" + parameter + "}") is > 0 and var place)
            {
                (schema["x-in"], schema["x-segment"]) = ("path", segments[place - 1]);
            }

            properties[parameter] = schema;
        }

        var tool = new ToolSpec
        {
            Id = ContentId.Of("tool", name),
            Name = name,
            OriginalName = name,
            Description = parts[2],
            Parameters = JsonSerializer.SerializeToElement(new JsonObject { ["type"] = "object", ["properties"] = properties }),
            Method = method,
            Path = path,
            Source = new ToolSource(isProviderKnown ? parts[0] : "catalogue", Sha256Text.Of(parts[0]), name, "test", null),
        };
        return (tool, parts[0]);
    }
}

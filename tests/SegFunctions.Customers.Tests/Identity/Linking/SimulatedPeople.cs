using System.Globalization;
using SegFunctions.Customers.Identity.Records;
using SegFunctions.Testing.People;

namespace SegFunctions.Customers.Tests.Identity.Linking;

/// <summary>Simulated customers as records to link.</summary>
internal static class SimulatedPeople
{
    private static readonly (string, IdentityField)[] Columns =
    [
        ("first", IdentityField.GivenName), ("last", IdentityField.FamilyName), ("birth", IdentityField.BirthDate), ("email", IdentityField.Email),
        ("phone", IdentityField.Phone), ("street", IdentityField.Street), ("city", IdentityField.City), ("postal", IdentityField.PostalCode),
    ];

    public static RecordSet Records(IEnumerable<Person> people)
    {
        var builder = new RecordSetBuilder(Columns);
        var row = 0;
        foreach (var person in people)
            builder.Add((row++).ToString(CultureInfo.InvariantCulture), person.Given, person.Family, person.BirthDate, person.Email, person.Phone, person.Street, person.City, person.PostalCode);
        return builder.Build();
    }

    public static (RecordSet Records, int[] Truth) Generate(PeopleOptions options)
    {
        var records = PeopleGenerator.Generate(options);
        return (Records(records.Select(record => record.Record)), [.. records.Select(record => record.Person)]);
    }
}

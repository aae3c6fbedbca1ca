namespace SegFunctions.Testing.People;

/// <summary>One record of a person.</summary>
public sealed record Person
{
    public required string Given { get; init; }

    public required string Family { get; init; }

    public required string BirthDate { get; init; }

    public required string Email { get; init; }

    public required string Phone { get; init; }

    public required string Street { get; init; }

    public required string City { get; init; }

    public required string PostalCode { get; init; }
}

using SegFunctions.Customers.Intake.Datasets;
using SegFunctions.Customers.Intake.Mapping;
using SegFunctions.Customers.Intake.Records;

namespace SegFunctions.Customers.Tests.Intake.Datasets;

/// <summary>Exports as shops, mail tools, help desks and ledgers head their columns.</summary>
public sealed class ProgramExportTests
{
    [Theory]
    [InlineData("orders", "Order ID,Order Date,Customer User ID,SKU,Quantity (- Refund),Item Cost,Order Total Amount", "Order ID=orderId Customer User ID=customerId Item Cost=unitPrice")]
    [InlineData("orders", "order_id,order_number,order_date,status,order_total,order_currency,customer_user,billing_email,billing_country", "customer_user=customerId order_currency=currency billing_country=country")]
    [InlineData("orders", "id_order;reference;id_customer;total_paid_tax_incl;date_add;current_state", "id_order=orderId id_customer=customerId total_paid_tax_incl=amount date_add=timestamp")]
    [InlineData("orders", "id,Created date (UTC),Amount,Currency,Status,Customer ID,Customer Email,Invoice ID", "Created date (UTC)=timestamp Amount=amount Customer ID=customerId")]
    [InlineData("orders", "DocEntry;DocNum;DocDate;CardCode;CardName;DocTotal;DocCur", "DocNum=orderId DocDate=timestamp CardCode=customerId DocTotal=amount DocCur=currency")]
    [InlineData("orders", "DocNum;LineNum;DocDate;CardCode;ItemCode;Dscription;Quantity;Price;LineTotal", "LineNum=line ItemCode=productId Dscription=description LineTotal=amount")]
    [InlineData("orders", "Belegnummer;Buchungsdatum;Kundencode;Kundenname;Belegsumme;Belegwährung", "Belegnummer=orderId Buchungsdatum=timestamp Kundencode=customerId Belegsumme=amount Belegwährung=currency")]
    [InlineData("orders", "Document Number,Posting Date,Customer/Vendor Code,Customer/Vendor Name,Document Total,Document Currency", "Posting Date=timestamp Customer/Vendor Code=customerId Document Total=amount")]
    [InlineData("orders", "id,name,date_order,partner_id/id,partner_id,amount_total,currency_id,order_line/product_uom_qty,order_line/price_unit", "date_order=timestamp partner_id/id=customerId amount_total=amount order_line/product_uom_qty=quantity order_line/price_unit=unitPrice")]
    [InlineData("orders", "Order Reference,Creation Date,Customer,Salesperson,Total,Invoice Status", "Order Reference=orderId Creation Date=timestamp Customer=customerId Total=amount")]
    [InlineData("orders", "Référence de la commande,Date de création,Client,Vendeur,Total", "Référence de la commande=orderId Date de création=timestamp")]
    [InlineData("orders", "Auftragsreferenz,Erstelldatum,Kunde,Verkäufer,Gesamt", "Auftragsreferenz=orderId Erstelldatum=timestamp")]
    [InlineData("orders", "Referencia de la orden,Fecha de creación,Cliente,Vendedor,Total", "Referencia de la orden=orderId Fecha de creación=timestamp")]
    [InlineData("orders", "Riferimento ordine,Data di creazione,Cliente,Totale", "Riferimento ordine=orderId Data di creazione=timestamp")]
    [InlineData("orders", "Orderreferentie,Aanmaakdatum,Klant,Verkoper,Totaal", "Orderreferentie=orderId Aanmaakdatum=timestamp")]
    [InlineData("orders", "Nº Pedido;Fecha;Cliente;Importe;Estado", "Nº Pedido=orderId")]
    [InlineData("orders", "Order ID,Date,Customer ID,First Name,Last Name,Email,Phone,Address,City,Zip,Country,Total", "Order ID=orderId Date=timestamp Total=amount")]
    [InlineData("customers", "Record ID - Contact,First Name,Last Name,Email,Create Date,Last Modified Date,Country/Region", "Record ID - Contact=customerId Country/Region=country")]
    [InlineData("customers", "ID de fiche d'informations - Contact;Prénom;Nom;E-mail;Date de création;Date de la dernière modification;Pays/région", "ID de fiche d'informations - Contact=customerId Date de la dernière modification=updatedAt Pays/région=country")]
    [InlineData("customers", "Datensatz-ID - Kontakt;Vorname;Nachname;E-Mail;Erstellungsdatum;Datum der letzten Änderung;Land/Region", "Datensatz-ID - Kontakt=customerId Erstellungsdatum=createdAt")]
    [InlineData("customers", "Email Address,First Name,Last Name,Phone Number,OPTIN_TIME,CC,LAST_CHANGED,LEID,EUID", "EUID=customerId Email Address=email OPTIN_TIME=createdAt LAST_CHANGED=updatedAt")]
    [InlineData("customers", "CONTACT ID;EMAIL;LASTNAME;FIRSTNAME;SMS;EXT_ID;ADDED_TIME;MODIFIED_TIME", "CONTACT ID=customerId SMS=phone EXT_ID=externalId ADDED_TIME=createdAt MODIFIED_TIME=updatedAt")]
    [InlineData("customers", "id,Description,Email,Name,Created (UTC),Delinquent,Currency,Status", "id=customerId Email=email Created (UTC)=createdAt")]
    [InlineData("customers", "Kontakt-ID;Anrede;Vorname;Nachname;E-Mail;Erstelldatum", "Kontakt-ID=customerId Erstelldatum=createdAt")]
    [InlineData("customers", "Customer ID,First Name,Last Name,Email,City,Created at,Total spent,Orders", "Created at=createdAt")]
    [InlineData("tickets", "Ticket ID,Subject,Status,Priority,Created time,Full name,Title,Email,Mobile phone,Last update time,Contact ID", "Ticket ID=ticketId Contact ID=customerId Created time=timestamp")]
    [InlineData("tickets", "Id,Subject,Requester,Requester email,Requester id,Status,Satisfaction Score,Created at", "Requester id=customerId Created at=timestamp")]
    [InlineData("tickets", "ID de ticket;Objet du ticket;Demandeur;ID du demandeur;Statut du ticket;Ticket créé - Horodatage", "ID de ticket=ticketId ID du demandeur=customerId Ticket créé - Horodatage=timestamp")]
    [InlineData("events", "idVisit,visitIp,visitorId,type,serverTimestamp,userId,country,deviceType", "idVisit=eventId visitorId=anonymousId serverTimestamp=timestamp deviceType=device")]
    public void Exports_are_read_as_what_they_are(string dataset, string headers, string expected)
    {
        var recognised = Recognise(headers.Split(headers.Contains(';', StringComparison.Ordinal) ? ';' : ','));
        Assert.Equal(dataset, recognised.Dataset.Name);
        var read = recognised.Columns.Where(column => column.Field >= 0).Select(column => $"{column.Header}={recognised.Dataset.Fields[column.Field]}").ToList();
        Assert.All(Expected(expected), pair => Assert.Contains(pair, read));
    }

    [Theory]
    [InlineData("Date,Customer ID,First Name,Last Name,Email,Phone,City,Total", "may be orders with what is known about their customers")]
    [InlineData("Customer,Date,Status,Attribution", "would do for tickets and for customers, but none of them tells which")]
    [InlineData("Order no,Customer,Shipped on,Total", "look like orders, but lack timestamp")]
    [InlineData("Page path,Views,Average engagement time", "names no customer and cannot be used")]
    public void What_may_be_two_things_is_asked(string headers, string expected) =>
        Assert.Contains(expected, Assert.Throws<UnreadableFileException>(() => Recognise(headers.Split(','))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("EMAIL,LASTNAME,FIRSTNAME,EMAIL_MARKETING_SUBSCRIPTION", "\"EMAIL\": [\"customerId\", \"email\"]")]
    [InlineData("orderId,visitorId,revenue,timestamp", "\"visitorId\": \"customerId\"")]
    [InlineData("Ref,Booked on date,Client mail,Sum of prices", "\"Booked on date\": \"timestamp\"")]
    [InlineData("Ref,Booked on date,Client mail,Sum of prices", "\"<column of customerId>\": \"customerId\"", false)]
    public void The_mapping_that_is_shown_names_columns_that_may_be_meant(string headers, string expected, bool isShown = true)
    {
        var message = Assert.Throws<UnreadableFileException>(() => Recognise(headers.Split(','))).Message;
        Assert.Equal(isShown, message.Contains(expected, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Requester")]
    [InlineData("Kunde")]
    [InlineData("CardName")]
    [InlineData("OPTIN_IP")]
    [InlineData("visitIp")]
    [InlineData("IP Address")]
    [InlineData("Mailing Zip/Postal Code")]
    [InlineData("User ID")]
    public void Columns_that_name_people_their_devices_or_their_ids_are_sealed(string header) =>
        Assert.Equal(ColumnUse.SealedAttribute, Recognise(["order id", "customer id", "order date", "amount", header]).Columns[4].Use);

    private static string[] Expected(string expected)
    {
        // Headers hold blanks; a pair ends with the name of a field, which holds none.
        var pairs = new List<string>();
        var start = 0;
        for (var at = expected.IndexOf('=', StringComparison.Ordinal); at >= 0; at = expected.IndexOf('=', start))
        {
            var end = expected.IndexOf(' ', at);
            pairs.Add(end < 0 ? expected[start..] : expected[start..end]);
            if (end < 0)
                break;
            start = end + 1;
        }

        return [.. pairs];
    }

    private static DatasetRecognition Recognise(string[] headers) => DatasetRecognition.Recognise("x.csv", headers, UploadMapping.None, asked: null, folder: null);
}

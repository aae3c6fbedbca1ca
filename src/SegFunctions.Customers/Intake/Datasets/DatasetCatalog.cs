using SegFunctions.Customers.Intake.Rows;

namespace SegFunctions.Customers.Intake.Datasets;

/// <summary>The seven datasets. Parser, checks, header recognition and <c>docs/datasets.md</c> all read this one table.</summary>
/// <remarks>Headers stand in the order English, French, German, Spanish, Italian, Dutch; the first match in a list wins.</remarks>
public static class DatasetCatalog
{
    private const FieldType Text = FieldType.Text;
    private const FieldType Id = FieldType.Id;
    private const FieldType Number = FieldType.Decimal;

    public static Dataset Orders { get; } = new(
        "orders",
        "one line of an order: who bought what, when and for how much",
        [
            Field("orderId", Id, "The order or invoice. Starting with C and digits it says: cancelled.",
                "order id|id order|order no|order number|order nr|invoice|invoice no|invoice number|invoice id|transaction id|receipt no|receipt id|basket id|order|bill no|sales order|order reference|order ref|doc num|document number|document no|increment id" +
                "|commande|numéro de commande|n° commande|id commande|no commande|référence commande|facture|numéro de facture|n° facture|id facture|ticket de caisse|référence de la commande|référence de commande" +
                "|bestellnummer|bestell nr|auftragsnummer|auftrags nr|auftrag|rechnungsnummer|rechnungs nr|rechnung|belegnummer|bestellung|bestell id|auftragsreferenz|bestellreferenz" +
                "|pedido|número de pedido|id pedido|n° pedido|factura|número de factura|id factura|nº pedido|nº factura|referencia de la orden|referencia del pedido" +
                "|ordine|numero ordine|id ordine|fattura|numero fattura|id fattura|scontrino|riferimento ordine" +
                "|ordernummer|bestelnummer|bestelling|factuurnummer|factuur|bonnummer|orderreferentie"),
            Field("line", Id, "Number of the line within its order. With it, a later row replaces the older one.",
                "line|line no|line number|line num|line id|order line|order item id|item no|line item|position no" +
                "|ligne|numéro de ligne|n° ligne|position|positionsnummer|pos nr|zeile|zeilennummer|línea|número de línea|riga|numero riga|regel|regelnummer|orderregel"),
            Customer(required: true),
            Moment("When the order was placed.",
                "order date|order time|order timestamp|invoice date|purchase date|purchase timestamp|transaction date|sale date|ordered at|purchased at|created at|order purchase timestamp|date order|doc date|document date|posting date|date placed|placed at" +
                "|date de commande|date commande|date de facture|date facture|date d'achat|date achat|bestelldatum|auftragsdatum|rechnungsdatum|kaufdatum|belegdatum|buchungsdatum" +
                "|fecha de pedido|fecha pedido|fecha de factura|fecha factura|fecha de compra|fecha compra|data ordine|data fattura|data acquisto|orderdatum|besteldatum|factuurdatum|aankoopdatum"),
            Field("productId", Id, "The article.",
                "product id|product code|product no|sku|stock code|item id|item code|article no|article id|ean|gtin|asin|lineitem sku|product sku|variant sku|product" +
                "|id produit|code produit|produit|référence produit|référence|code article|article" +
                "|artikelnummer|artikel nr|artikel id|produktnummer|produkt id|produktcode|artikel|produkt" +
                "|id producto|código de producto|código producto|producto|código artículo|artículo" +
                "|id prodotto|codice prodotto|prodotto|codice articolo|articolo|productnummer|productcode|artikelcode"),
            Field("description", Text, "The article in words.",
                "description|product name|product description|item name|item description|product title|lineitem name|dscription|item" +
                "|désignation|libellé|nom du produit|nom produit|libellé produit|bezeichnung|beschreibung|artikelbezeichnung|produktname|artikelname" +
                "|descripción|nombre del producto|nombre producto|descrizione|nome prodotto|omschrijving|productnaam|artikelomschrijving"),
            Field("category", Text, "The article's group.",
                "category|product category|category name|department|product line|product group" +
                "|catégorie|famille|rayon|kategorie|warengruppe|produktgruppe|produktkategorie|categoría|familia|categoria|reparto|categorie|productgroep|productcategorie"),
            Field("quantity", Number, "Pieces. Negative: sent back.",
                "quantity|qty|units|pieces|amount ordered|number of items|items|items sold|lineitem quantity|product uom qty|order line product uom qty|count|number of cds" +
                "|quantité|qté|nombre|menge|anzahl|stückzahl|stück|cantidad|unidades|quantità|qtà|pezzi|aantal|hoeveelheid|stuks") with
            { Default = "1", Minimum = -1_000_000_000, Maximum = 1_000_000_000 },
            Field("unitPrice", Number, "Price of one piece. Zero: a gift or a correction.",
                "unit price|price per unit|item price|price each|lineitem price|item cost|price unit|order line price unit|prix unitaire|pu|pu ht|pu ttc|einzelpreis|stückpreis|precio unitario|prezzo unitario|stukprijs|eenheidsprijs" +
                "||price|sales price|selling price|prix|preis|verkaufspreis|precio|prezzo|prijs") with
            { IsMoney = true, Group = "worth", GroupRequired = true, Minimum = -1_000_000_000_000, Maximum = 1_000_000_000_000 },
            Field("amount", Number, "What the whole line costs, discounts already taken off; goes before price × quantity.",
                "amount|line total|line amount|total amount|total price|net amount|gross amount|doc total|document total|amount total|n revenue|net revenue|montant|montant total|montant ligne|montant ttc|montant ht|total ttc|total ht" +
                "|betrag|gesamtbetrag|summe|gesamtpreis|zeilenbetrag|belegsumme|importe|importe total|monto|importo|importo totale|bedrag|totaalbedrag|regelbedrag" +
                "||total|grand total|grand total base|grand total purchased|order total amount|order amount|total paid|total paid tax incl|sales|sales amount|revenue|order total|order value|value|dollar value|subtotal|payment value|spend|chiffre d'affaires|ca|umsatz|gesamt|ventas|totale|vendite|totaal|omzet") with
            { IsMoney = true, Group = "worth", GroupRequired = true, Minimum = -1_000_000_000_000, Maximum = 1_000_000_000_000 },
            Field("discount", Number, "Money taken off price × quantity, or a share of it when written with %.",
                "discount|discount amount|lineitem discount|rebate|reduction|promotion discount|remise|réduction|rabais|rabatt|nachlass|skonto|descuento|sconto|korting") with
            { IsMoney = true, Minimum = 0, Maximum = 1_000_000_000_000 },
            Field("currency", FieldType.Currency, "ISO 4217 code; without such a column it is taken from the amounts.",
                "currency|currency code|currency iso code|order currency|amount currency|document currency|doc cur|currency id|devise|monnaie|währung|waehrung|belegwährung|moneda|divisa|valuta"),
            Country,
            Channel,
            Device,
            Field("status", FieldType.Choice, "Returned or cancelled lines count as neither order nor revenue; other words are kept.",
                "status|order status|line status|financial status|order state|state of order|statut|statut commande|état|bestellstatus|auftragsstatus|estado|estado del pedido|stato|stato ordine|orderstatus|bestelstatus") with
            {
                OpenChoice = true,
                Choices =
                [
                    new("returned", "return", "refunded", "refund", "retour", "retourné", "retournée", "remboursé", "remboursée", "retourniert", "zurückgegeben",
                        "rückgabe", "erstattet", "devuelto", "devuelta", "devolución", "reembolsado", "reso", "restituito", "rimborsato", "geretourneerd", "terugbetaald"),
                    new("cancelled", "canceled", "cancel", "cancellation", "void", "voided", "annulé", "annulée", "annulation", "storniert", "storno", "abgebrochen",
                        "cancelado", "cancelada", "anulado", "annullato", "annullata", "cancellato", "geannuleerd"),
                ],
            },
        ],
        new OrderRules(),
        "orderId",
        "line");

    public static Dataset Customers { get; } = new(
        "customers",
        "one customer with what is known about them",
        [
            Customer(required: true),
            Direct("title", "Form of address.", "title|salutation|prefix|civilité|anrede|titel|titre|tratamiento|título|titolo|aanhef"),
            Direct("givenName", "First name.", "given name|first name|forename|prénom|vorname|nombre|nombre de pila|nome|nome di battesimo|voornaam"),
            Direct("familyName", "Last name.", "family name|last name|surname|nom|nom de famille|nachname|familienname|apellido|apellidos|cognome|achternaam|familienaam"),
            Direct("fullName", "Whole name.", "full name|name|customer name|client name|contact name|card name|customer vendor name|partner name|associated contact|nom complet|nom client|nom du client|vollständiger name|kundenname|nombre completo|nombre cliente|nombre del cliente|nome completo|nome cliente|volledige naam|naam|klantnaam"),
            Direct("email", "E-mail address.", "email|e-mail|email address|customer email|contact email|person email|mail|courriel|adresse e-mail|adresse mail|adresse électronique|e-mail-adresse|mailadresse|correo|correo electrónico|indirizzo e-mail|posta elettronica|e-mailadres|mailadres"),
            Direct("phone", "Telephone number.", "phone|phone number|telephone|tel|mobile|mobile phone|cell|cell phone|sms|whatsapp|landline number|fax|fax number|téléphone|numéro de téléphone|portable|telefon|telefonnummer|mobiltelefon|handy|mobil|mobilnummer|teléfono|móvil|telefono|cellulare|telefoon|telefoonnummer|mobiel"),
            Direct("street", "Street and house number.", "street|address|street address|address line 1|address 1|adresse|rue|voie|straße|strasse|anschrift|straße und hausnummer|dirección|calle|indirizzo|via|straat|adres"),
            Direct("city", "Town.", "city|town|suburb|locality|ville|commune|localité|stadt|ort|wohnort|ciudad|localidad|población|città|comune|stad|plaats|woonplaats|gemeente"),
            Direct("postalCode", "Postal code; canonical rows keep its first two characters.", "postal code|postcode|zip|zip code|zip postal code|postal zip code|code postal|cp|plz|postleitzahl|código postal|cap|codice postale|codice di avviamento postale"),
            Field("region", Text, "State, county, province.", "region|state|province|county|state province|state region|province code|région|département|bundesland|kanton|región|provincia|comunidad autónoma|regione|regio|provincie"),
            Country,
            Direct("birthDate", "Day or year of birth; canonical rows keep a band of five years.", "birth date|date of birth|dob|birthday|birth year|year birth|year of birth|date de naissance|année de naissance|geburtsdatum|geburtstag|geburtsjahr|fecha de nacimiento|año de nacimiento|data di nascita|anno di nascita|geboortedatum|geboortejaar") with
            { Type = FieldType.Date, Group = "age" },
            Direct("age", "Age in years; canonical rows keep a band of five years.", "age|customer age|âge|alter|edad|età|leeftijd") with
            { Type = FieldType.Integer, Minimum = 0, Maximum = 130, Group = "age" },
            Direct("externalId", "The customer's id in another system: who shares it is one customer. Loyalty and membership numbers beside it are sealed as attributes and link alike.", "external id|external key|ext id|externe id|id externe|identifiant externe|fremdschlüssel|id externo|id esterno|extern id"),
            Profile("gender", Text, "As given.", "gender|sex|genre|sexe|geschlecht|género|sexo|genere|sesso|geslacht"),
            Profile("income", Number, "Yearly, in the file's currency.", "income|annual income|yearly income|salary|revenu|revenu annuel|salaire|einkommen|jahreseinkommen|gehalt|ingresos|renta|salario|reddito|reddito annuo|stipendio|inkomen|jaarinkomen|salaris"),
            Profile("education", Text, "Highest degree.", "education|education level|degree|formation|niveau d'études|bildung|bildungsabschluss|ausbildung|educación|nivel de estudios|istruzione|titolo di studio|opleiding|opleidingsniveau"),
            Profile("occupation", Text, "Profession.", "occupation|profession|job|job title|intitulé du poste|jobtitel|métier|emploi|beruf|tätigkeit|profesión|ocupación|professione|occupazione|beroep"),
            Profile("householdSize", FieldType.Integer, "Persons.", "household size|persons in household|family size|taille du foyer|taille du ménage|haushaltsgröße|personen im haushalt|tamaño del hogar|personas en el hogar|componenti nucleo familiare|dimensione famiglia|huishoudgrootte|gezinsgrootte") with
            { Minimum = 0, Maximum = 1000 },
            Direct("company", "Employer or business.", "company|company name|organisation|organization|business name|account name|société|entreprise|raison sociale|firma|unternehmen|firmenname|empresa|compañía|razón social|azienda|società|ragione sociale|bedrijf|bedrijfsnaam"),
            Profile("industry", Text, "Of the company.", "industry|sector|branch|secteur|secteur d'activité|branche|industrie|industria|settore|bedrijfstak"),
            Profile("employees", FieldType.Integer, "Of the company.", "employees|number of employees|headcount|effectif|nombre de salariés|mitarbeiter|mitarbeiterzahl|anzahl mitarbeiter|empleados|número de empleados|dipendenti|numero dipendenti|werknemers|aantal werknemers") with
            { Minimum = 0, Maximum = 100_000_000 },
            Profile("annualRevenue", Number, "Of the company.", "annual revenue|company revenue|turnover|chiffre d'affaires annuel|chiffre d'affaires|jahresumsatz|ingresos anuales|facturación anual|fatturato|fatturato annuo|jaaromzet|omzet"),
            Profile("language", FieldType.Language, "Name or code of a language or locale.", "language|locale|preferred language|langue|sprache|idioma|lengua|lingua|taal"),
            Profile("interests", Text, "As given.", "interests|hobbies|centres d'intérêt|intérêts|interessen|intereses|aficiones|interessi|interesses"),
            Profile("createdAt", FieldType.Timestamp, "When the customer was first known.", "created at|created|create date|created date|created time|created on|date created|date added|added time|creation date|profile created on|optin time|sign up|registration date|registered at|signup date|sign up date|customer since|member since|dt customer|date de création|date d'inscription|inscription|client depuis|angelegt am|erstellt am|erstelldatum|erstellungsdatum|registrierungsdatum|kunde seit|fecha de alta|fecha de registro|fecha de creación|data creazione|data di creazione|data registrazione|cliente dal|aangemaakt op|aanmaakdatum|registratiedatum|klant sinds"),
            Profile("updatedAt", FieldType.Timestamp, "When this record last changed.", "updated at|updated|last updated|last update time|last modified|last modified date|last changed|modified at|modified time|modification date|date de modification|date de la dernière modification|mis à jour le|geändert am|aktualisiert am|änderungsdatum|datum der letzten änderung|fecha de modificación|fecha de la última modificación|actualizado|data modifica|data ultima modifica|aggiornato il|gewijzigd op|laatst gewijzigd|bijgewerkt op"),
        ],
        new CustomerRules(),
        "customerId");

    public static Dataset Events { get; } = new(
        "events",
        "something a customer or visitor did",
        [
            Field("eventId", Id, "Makes a repeated event one event.", "event id|visit id|id visit|message id|id événement|identifiant événement|ereignis id|ereignisnummer|id evento|id del evento|gebeurtenis id"),
            Customer(required: false) with { Group = "who", GroupRequired = true },
            Field("anonymousId", FieldType.CustomerId, "A visitor who is not known yet.", "anonymous id|visitor id|user pseudo id|device id|cookie id|session id|id anonyme|id visiteur|besucher id|anonyme id|id anónimo|id visitante|id anonimo|id visitatore|anonieme id|bezoekers id") with
            { Group = "who", GroupRequired = true },
            Moment("When it happened.", "event time|event date|event timestamp|server timestamp|occurred at|date événement|date de l'événement|ereigniszeit|ereignisdatum|fecha del evento|fecha evento|data evento|gebeurtenisdatum"),
            Field("type", Text, "What happened.", "type|event|event type|event name|type événement|type d'événement|événement|ereignis|ereignistyp|ereignisart|evento|tipo de evento|tipo|tipo evento|gebeurtenis|soort") with { Required = true },
            Channel,
            Device,
            Country,
            Field("url", Text, "The page.", "url|page|page url|link|adresse page|seite|página|pagina"),
            Field("properties", Text, "Anything else, as JSON.", "properties|payload|data|context|propriétés|eigenschaften|propiedades|proprietà|eigenschappen"),
        ],
        new EventRules(),
        "eventId");

    public static Dataset Messages { get; } = new(
        "messages",
        "a marketing message and what became of it",
        [
            Field("messageId", Id, "Makes a repeated report one report; several actions of one message share it.", "message id|email id|mail id|send id|id message|nachrichten id|nachrichtennummer|id mensaje|id messaggio|bericht id"),
            Customer(required: true),
            Moment("When the action happened.", "sent at|send date|action date|event date|event time|date d'envoi|date envoi|versanddatum|gesendet am|fecha de envío|fecha envío|data invio|verzenddatum"),
            Channel with { Required = true },
            Field("campaign", Text, "The campaign that sent it.", "campaign|campaign id|campaign name|campagne|nom de campagne|kampagne|kampagnenname|campaña|campagna"),
            Field("action", FieldType.Choice, "What happened to the message.", "action|status|outcome|statut|aktion|acción|azione|actie") with
            {
                Required = true,
                Choices =
                [
                    // Put off by the recipient's server for now: the address is good.
                    new("sent", "send", "sent email", "email sent", "processed", "deferred", "soft bounce", "envoyé", "envoi", "gesendet", "versendet", "enviado", "inviato", "verzonden"),
                    new("delivered", "delivery", "received email", "email delivered", "délivré", "livré", "zugestellt", "entregado", "consegnato", "afgeleverd", "bezorgd"),
                    new("opened", "open", "read", "opened email", "email opened", "open email", "ouvert", "lu", "geöffnet", "gelesen", "abierto", "leído", "aperto", "letto", "geopend", "gelezen"),
                    new("clicked", "click", "clicked email", "email clicked", "link clicked", "cliqué", "clic", "geklickt", "klick", "clicado", "clic en enlace", "cliccato", "geklikt", "klik"),
                    new("bounced", "bounce", "hard bounce", "bounced email", "email bounced", "dropped", "rebond", "rejeté", "zurückgewiesen", "unzustellbar", "rebotado", "rimbalzato", "gebounced", "onbestelbaar"),
                    new("unsubscribed", "unsubscribe", "unsubscribed from list", "opt out", "désabonné", "désinscrit", "abgemeldet", "dado de baja", "baja", "disiscritto", "uitgeschreven", "afgemeld"),
                    new("complained", "complaint", "spam", "spam complaint", "spam report", "marked as spam", "marked email as spam", "plainte", "beschwerde", "queja", "reclamo", "klacht"),
                ],
            },
        ],
        new RowRules(),
        "messageId",
        "action");

    public static Dataset Tickets { get; } = new(
        "tickets",
        "a request to customer service",
        [
            Field("ticketId", Id, "A later row of the same ticket replaces the older one.", "ticket id|ticket|ticket no|ticket number|id de ticket|case id|case no|case number|id ticket|numéro de ticket|ticketnummer|fallnummer|vorgangsnummer|id caso|número de ticket|numero ticket|zaaknummer"),
            Customer(required: true),
            Moment("When it was opened.", "opened at|open date|created at|created time|ticket créé horodatage|date d'ouverture|eröffnet am|eröffnungsdatum|fecha de apertura|data apertura|geopend op"),
            Field("topic", Text, "What it is about.", "topic|subject|ticket subject|category|reason|objet du ticket|sujet|objet|motif|thema|betreff|grund|tema|asunto|motivo|argomento|oggetto|onderwerp|reden"),
            Field("text", Text, "The customer's words.", "text|message|body|description|comment|comments|review|feedback|texte|commentaire|avis|nachricht|kommentar|bewertung|texto|mensaje|comentario|testo|messaggio|commento|recensione|tekst|bericht|opmerking"),
            Field("satisfaction", Number, "As given, on the file's own scale.", "satisfaction|satisfaction score|satisfaction rating|score de satisfaction du ticket|csat|rating|score|stars|note|zufriedenheit|note zufriedenheit|sterne|satisfacción|puntuación|soddisfazione|punteggio|tevredenheid|beoordeling") with
            { Minimum = -1000, Maximum = 1000 },
            Field("status", Text, "As given.", "status|state|ticket status|statut du ticket|statut|état|zustand|estado|stato|ticketstatus"),
        ],
        new RowRules(),
        "ticketId");

    public static Dataset Consents { get; } = new(
        "consents",
        "a permission given or withdrawn",
        [
            Customer(required: true),
            Field("purpose", FieldType.Choice, "What the data may be used for.", "purpose|consent type|consent|finalité|objet du consentement|zweck|einwilligungszweck|finalidad|propósito|finalità|scopo|doel|doeleinde") with
            {
                Required = true,
                Choices =
                [
                    new("analytics", "analysis", "statistics", "analyse", "statistiques", "statistik", "analítica", "estadísticas", "analisi", "statistiche", "statistiek"),
                    new("profiling", "profile", "personalisation", "personalization", "profilage", "personnalisation", "profilbildung", "profiling", "personalisierung", "perfilado", "personalización", "profilazione", "personalizzazione", "profilering", "personalisatie"),
                    new("marketing", "advertising", "newsletter", "publicité", "prospection", "werbung", "publicidad", "mercadotecnia", "pubblicità", "reclame"),
                    new("activation", "sharing", "third party", "audience sharing", "partage", "weitergabe", "activación", "cesión", "attivazione", "condivisione", "delen"),
                ],
            },
            Field("status", FieldType.Choice, "Given or refused.", "status|consent status|decision|granted|value|opt in|statut|décision|entscheidung|einwilligung|estado|decisión|stato|decisione|besluit|toestemming") with
            {
                Required = true,
                Choices =
                [
                    new("granted", "grant", "yes", "true", "1", "given", "accepted", "opt in", "oui", "accordé", "accepté", "ja", "erteilt", "zugestimmt", "sí", "concedido", "aceptado", "sì", "concesso", "accettato", "gegeven", "toegestaan"),
                    new("denied", "deny", "no", "false", "0", "refused", "withdrawn", "revoked", "opt out", "non", "refusé", "retiré", "nein", "verweigert", "abgelehnt", "widerrufen", "denegado", "rechazado", "retirado", "negato", "rifiutato", "revocato", "nee", "geweigerd", "ingetrokken"),
                ],
            },
            Moment("When it was said.", "consent date|given at|date du consentement|date consentement|einwilligungsdatum|erteilt am|fecha de consentimiento|data consenso|toestemmingsdatum"),
            Field("source", Text, "Where it was said.", "source|origin|origine|quelle|herkunft|fuente|origen|fonte|bron"),
            Field("expires", FieldType.Timestamp, "When it ends by itself.", "expires|expires at|expiry|expiry date|expiration date|valid until|date d'expiration|expire le|ablaufdatum|gültig bis|fecha de caducidad|válido hasta|scadenza|valido fino al|vervaldatum|geldig tot") with { MayBeFuture = true },
            Field("proof", Text, "A reference to the evidence.", "proof|evidence|proof id|preuve|nachweis|beleg|prueba|prova|bewijs"),
        ],
        new ConsentRules());

    public static Dataset Campaigns { get; } = new(
        "campaigns",
        "a campaign, or one customer's part in it",
        [
            Field("campaignId", Id, "The campaign.", "campaign id|campaign|campaign code|campaign name|id campagne|campagne|kampagnen id|kampagne|kampagnennummer|id campaña|campaña|id campagna|campagna|campagne id") with { Required = true },
            Customer(required: false),
            Moment("When the customer was reached, or the campaign ran.", "campaign date|contact date|start date|send date|reporting starts|date de campagne|date de contact|kampagnendatum|kontaktdatum|startdatum|fecha de campaña|fecha de contacto|data campagna|data contatto|campagnedatum|contactdatum"),
            Field("arm", Text, "Treatment or control.", "arm|variant|group|treatment|test group|bras|variante|groupe|gruppe|testgruppe|brazo|grupo|braccio|gruppo|groep|testgroep"),
            Field("cost", Number, "What it cost.", "cost|costs|spend|amount spent|budget|coût|dépense|kosten|ausgaben|coste|costo|gasto|spesa|uitgaven") with { Minimum = 0, Maximum = 1_000_000_000_000 },
            Field("converted", FieldType.Boolean, "The customer did what was asked.", "converted|conversion|response|responded|converti|réponse|konvertiert|reaktion|antwort|convertido|respuesta|convertito|risposta|geconverteerd|reactie"),
            Field("revenue", Number, "What it brought in.", "revenue|total revenue|conv value|purchases conversion value|sales|turnover|chiffre d'affaires|revenu|ca|umsatz|erlös|ingresos|ventas|ricavi|ricavo|omzet|opbrengst") with { Minimum = -1_000_000_000_000, Maximum = 1_000_000_000_000 },
        ],
        new CampaignRules());

    /// <summary>All datasets, in the order of the documentation.</summary>
    public static IReadOnlyList<Dataset> All { get; } = [Orders, Customers, Events, Messages, Tickets, Consents, Campaigns];

    /// <summary>Their names, for messages.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(dataset => dataset.Name));

    /// <summary>The dataset of that name in any case, or null.</summary>
    public static Dataset? Find(string? name) => All.FirstOrDefault(dataset => dataset.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static DatasetField Country => Field("country", FieldType.Country, "Name in six languages, or code.",
        "country|country code|nation|country region|billing country|billing country code|shipping country|shipping country code|ship country|mailing country|default address country code|default address country|pays|pays région|code pays|land|land region|ländercode|país|país región|código de país|paese|nazione|stato estero|landcode");

    private static DatasetField Channel => Field("channel", Text, "Shop, web, e-mail…", "channel|sales channel|medium|source channel|canal|canal de vente|kanal|vertriebskanal|canal de venta|canale|canale di vendita|kanaal|verkoopkanaal");

    private static DatasetField Device => Field("device", Text, "As given.", "device|device type|platform|appareil|terminal|gerät|gerätetyp|dispositivo|tipo de dispositivo|apparaat");

    private static DatasetField Customer(bool required) => Field("customerId", FieldType.CustomerId, "The customer. Only the key made from it is kept.",
        "customer id|customer|customer no|customer number|customer code|client id|client number|client no|client|cust id|customer unique id|customer user id|customer user|id customer|requester id|subscriber id|record id contact|klaviyo id|card code|bp code|business partner code|customer vendor code|partner id id" +
        "|id client|numéro client|n° client|no client|code client|identifiant client|client n°|id du demandeur|id de fiche d'informations contact" +
        "|kundennummer|kunden nr|kunden id|kunde|kundennr|kundencode|debitor|debitorennummer|debitornummer|datensatz id kontakt|mitgliedsnummer|kundin" +
        "|id cliente|número de cliente|código de cliente|código cliente|cliente|n° cliente|nº cliente|id de registro contacto" +
        "|numero cliente|codice cliente|id record contatto|klantnummer|klant id|klantnr|klant|klantcode" +
        "||user id|user|member id|account id|account no|contact id|associated contact ids|kontakt id|id contact|id du contact|id contacto|id contatto|person id|buyer id|shopper id|household key|household id|record id|profile id|partner id|euid|rec id|id") with
    { Required = required };

    private static DatasetField Moment(string meaning, string headers) => Field("timestamp", FieldType.Timestamp, meaning,
        headers + "||created|created date|date created|date add|created on|create date|creation date|close date|date de création|erstelldatum|erstellungsdatum|erstellt am|fecha de creación|data creazione|data di creazione|aanmaakdatum|aangemaakt op|timestamp|date|datetime|date time|time|day|ts|date heure|horodatage|jour|datum|zeitpunkt|zeitstempel|uhrzeit|tag|fecha|fecha hora|hora|marca de tiempo|data|data ora|ora|tijdstip|tijd|dag") with
    { Required = true };

    private static DatasetField Direct(string name, string meaning, string headers) => Field(name, Text, meaning, headers) with { Identifier = true, Lenient = true };

    private static DatasetField Profile(string name, FieldType type, string meaning, string headers) => Field(name, type, meaning, headers) with { Lenient = true };

    // Behind a doubled bar stand the headers that say little by themselves.
    private static DatasetField Field(string name, FieldType type, string meaning, string headers) => new()
    {
        Name = name,
        Type = type,
        Meaning = meaning,
        Headers = [name, .. headers.Split('|', StringSplitOptions.RemoveEmptyEntries).Where(header => header != name)],
        WeakHeaders = headers.Split("||") is [_, var weak] ? weak.Split('|') : [],
    };
}

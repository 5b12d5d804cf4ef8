### What the loan bot says, in English. See `shared/en.ftl` for the attributes; said here again, a text of there is ours.

-brand = Flowless

## Questions

language =
    Namaste! 🙏 Welcome to { -brand } personal loans.
    { -brand } पर्सनल लोन में आपका स्वागत है।

    Which language would you like to chat in?
    आप किस भाषा में बात करना चाहेंगे?
    .en = English
    .en_also = eng, angrezi
    .hi = हिन्दी
    .hi_also = hindi

intent = What can we do for you today?
    .loan = Get a loan
    .loan_also = loan, apply, apply for a loan, new loan, i want a loan, i need a loan
    .support = Support
    .support_also = customer support, i have a question

full_name = What is your full name, as on your PAN card? For example: Asha Patil
    .name = name
    .name_also = full name, my name

date_of_birth = What is your date of birth? Please write the day first, for example 5 November 1987 or 05/11/1987.
    .name = date of birth
    .name_also = birth date, birthday, birth, dob, date

birth_sure = That would make your date of birth { $born }. Is that right?
    .yes = Yes, that’s right
    .yes_also = yes, right, correct
    .no = No, let me fix it
    .no_also = no, wrong, change

employment = What kind of work do you do?
    .salaried = Salaried
    .salaried_also = salary, job, service, employee, i have a job
    .self_employed = Self-employed
    .self_employed_also = self employed, business, own business, shop, freelancer, professional, farmer
    .other = Other
    .other_also = something else, student, homemaker, retired, pensioner, not working, unemployed
    .name = work
    .name_also = job, employment, occupation, profession

monthly_income = How much do you earn in a month? For example: 45000, 45k or 1.2 lakh
    .name = income
    .name_also = monthly income, salary, earnings, earning

purpose = What is the loan for? Choose from the list, or tell us in a few words of your own.
    .home = Home and repairs
    .home_also = house, renovation, furniture
    .medical = Medical needs
    .medical_also = hospital, treatment, health
    .education = Education
    .education_also = studies, school, college, fees
    .wedding = Wedding
    .wedding_also = marriage
    .travel = Travel
    .travel_also = trip, holiday, vacation
    .debt = Paying off a loan
    .debt_also = debt, repay a loan, credit card bill
    .business = Business
    .business_also = shop, working capital
    .other = Something else
    .other_also = other
    .opener = Choose a purpose
    .name = purpose
    .name_also = loan purpose, reason

consent =
    { consent_wording_1 }

    Do you agree?
    .agree = Yes, I agree
    .agree_also = agree, i agree, yes, ok
    .disagree = No, I’d rather not
    .disagree_also = no, disagree, i do not agree
    .name = consent

# Recorded by its name when agreed to: never edit it. Another wording is consent_wording_2, and this one stays.
consent_wording_1 =
    To look for loan offers, we need your consent to a credit check.

    • *What:* your name, date of birth, work, monthly income and loan purpose, and through them your credit report
    • *Who:* { -brand }, the lenders we ask for offers, and the credit bureaus they ask
    • *Why:* only to find loan offers for you and to decide on this application
    • *How long:* while this application runs; after that, only what the law makes us keep
    • *Your rights:* you may say no. You may withdraw this consent at any time, and ask to see, correct or erase your data{ $support ->
        [none] .
       *[contact] {": "}{ $support }.
    } You may also complain to the Data Protection Board of India.

summary =
    Almost there! Please check that we have this right:

    • *Name:* { $full_name }
    • *Date of birth:* { $date_of_birth }
    • *Work:* { $employment ->
        [salaried] { employment.salaried }
        [self_employed] { employment.self_employed }
        [other] { employment.other }
       *[words] { $employment }
    }
    • *Monthly income:* { $monthly_income }
    • *Loan purpose:* { $purpose ->
        [home] { purpose.home }
        [medical] { purpose.medical }
        [education] { purpose.education }
        [wedding] { purpose.wedding }
        [travel] { purpose.travel }
        [debt] { purpose.debt }
        [business] { purpose.business }
        [other] { purpose.other }
       *[words] { $purpose }
    }
    .right = All correct
    .right_also = yes, right, correct, all right, ok
    .change = Change something
    .change_also = no, change, edit, wrong, not right

change_which = Sure. Which answer would you like to change?
    .full_name = Name
    .full_name_also = full name
    .date_of_birth = Date of birth
    .date_of_birth_also = birthday, dob
    .employment = Work
    .employment_also = job, employment, occupation
    .monthly_income = Monthly income
    .monthly_income_also = income, salary
    .purpose = Loan purpose
    .purpose_also = purpose, reason
    .opener = Choose an answer

offer =
    { $total ->
        [one] Good news: there is an offer for you. Please see if it suits you.
       *[other] Good news: there are { $total } offers for you. Choose the one that suits you best.
    }
    .one = { $amount } · { $months } months
    .one_also = { $lender }
    .one_detail = { $lender } · EMI { $emi }
    .one_line =
        { $lender }: { $amount }, { $months } months at { $rate }
        EMI { $emi } · APR { $apr } · fees { $fee }
    .opener = See offers
    .name = offer
    .name_also = loan offer, lender

## On the way

born_understood = Thank you. Your date of birth: { $born }
too_young_or_old = Thank you for telling us. We can lend only to people aged { $youngest } to { $oldest }, so we have to end the application here. No credit check will be made.
income_understood = Noted: { $income } a month.
why_consent = That is quite all right: without your yes, nothing is checked. But lenders make an offer only after a credit check, so without it we cannot look for one. May we ask once more?
no_consent = That is all right, and thank you for your time. We end the application here, and nothing more is checked. If you change your mind, just write *hi*.
looking_for_offers = Thank you! We are now asking the lenders for your offers. You will see every offer we get.
referred = The lenders would like a person to look at your application first. We will write to you here when they have decided. There is nothing you need to do.
no_offers =
    { $reason ->
        [income_too_low_for_request] We are sorry, there is no offer for you this time: for the lenders, the monthly income is too low for a loan just now.
        [recent_missed_payments] We are sorry, there is no offer for you this time: the lenders saw missed payments in the credit report. If that looks wrong to you, a credit bureau can show you your report.
       *[none] We are sorry, the lenders have no offer for you this time.
    }

    You are welcome to apply again later: just write *hi*.
offer_chosen =
    Thank you, your choice is noted:

    { $lender }: { $amount }, { $months } months at { $rate }
    EMI { $emi } · APR { $apr } · fees { $fee }
kyc_later =
    The next step is to verify your identity (KYC). It is not open yet: it opens later, here in this chat.

    Your choice and your place are kept. There is nothing you need to do now.

## Said by every bot, better said here

help_undo =
    • *back*: undo your last answer
    • *change income*: change one answer; also name, date of birth, work, purpose
where_we_are =
    { $stage ->
        [application] Hello! We are in the middle of your loan application.
        [offers] Hello! Your application is in, and we are at your offers.
        [kyc] Hello! Your loan offer is chosen.
       *[language] Hello! It is good to see you.
    }
please_wait =
    { $what ->
        [kyc] The next step, verifying your identity (KYC), is not open yet. It opens later, here in this chat. Your choice and your place are kept, and there is nothing you need to do now.
        [decision] A person at the lender is still looking at your application. We will write to you here when they have decided. There is nothing you need to do.
        [fetch_offers] We are still asking the lenders for your offers and will write to you here. There is nothing you need to do.
        [record_consent] We are just recording your consent. Then we go on here.
        [backend] { system_down }
        [operator] { team_looks }
       *[other] { we_work }
    }
backend_down =
    { $what ->
        [fetch_offers] The lenders’ system is not answering just now. { we_keep_trying }
        [record_consent] We could not record your consent just now. { we_keep_trying }
       *[other] { system_down }
    }
ended =
    { $how ->
        [too_young_or_old] Your application ended here because of the age limit. If your date of birth was a slip, write *hi* and we begin again.
        [no_consent] Your application ended here, as we do not check anything without your consent. If you change your mind, write *hi* and we begin again.
        [no_offers] Your application ended here, as there was no offer this time. To apply again, write *hi*.
       *[done] Your application is complete, thank you. To begin a new one, write *restart*.
    }
